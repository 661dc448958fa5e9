import { randomUUID } from 'node:crypto';
import { type Account, type Folder, headerOf, type StoredMessage } from './accounts.ts';
import { type GraphAnswer, GraphError } from './graph-answer.ts';

/** What Graph does now and then, and a client has to bear. */
export interface DeltaMoods {
  /** Pages without items before those with. */
  emptyPages: number;
  /** Every item comes twice, and what the round before told comes again. */
  repeats: boolean;
  /** Pages are in any order. */
  shuffles: boolean;
  /** Items that were removed are told although nobody asked. */
  tellsRemovals: boolean;
  /** The newest changes of each folder that queries do not see yet. */
  lag: number;
}

/** One client's walk over a folder. Options are those of its start, whatever a link says later. */
interface Chain {
  folder: string;
  /** The last generation handed out; older ones live on for a while. */
  generation: number;
  since: number | undefined;
  isAfter: boolean;
  createdOnly: boolean;
  immutable: boolean;
  states: Map<number, State>;
}

interface State {
  kind: 'next' | 'delta';
  /** Of a round under way. */
  rest: object[];
  emptyPages: number;
  /** How many changes of the folder were told when the round began. */
  seen: number;
  before: number;
}

const liveGenerations = 4;

export interface Delta {
  moods: DeltaMoods;
  /** All links given so far die: 410, with a Location to start anew from where `location` says so. */
  forget(location?: boolean): void;
  answer(request: DeltaRequest): GraphAnswer;
}

interface DeltaRequest {
  account: Account;
  folder: Folder;
  url: URL;
  immutable: boolean;
  pageSize: number;
}

export function createDelta(): Delta {
  const chains = new Map<string, Chain>();
  let forgotten: 'plain' | 'location' | undefined;
  const moods: DeltaMoods = { emptyPages: 0, repeats: false, shuffles: false, tellsRemovals: false, lag: 0 };

  function gone(generation: number, chain: Chain | undefined, url: URL): GraphError {
    const live = [...(chain?.states.keys() ?? [])].map((each) => `[${each}]`).join('');
    const message = `The sync state generation is not found; generation=${generation};[highest=${chain?.generation ?? 0}]${live}`;
    const location = `${url.origin}${url.pathname}?$deltatoken=`;
    return new GraphError(410, 'SyncStateNotFound', message, forgotten === 'location' ? { location } : {});
  }

  function begin({ url, folder, immutable, account }: DeltaRequest): { chain: Chain; key: string; state: State } {
    const { since, isAfter } = filterOf(url.searchParams);
    const chain: Chain = {
      folder: folder.id,
      generation: 0,
      since,
      isAfter,
      createdOnly: url.searchParams.get('changeType') === 'created',
      immutable,
      states: new Map(),
    };
    const key = randomUUID();
    chains.set(key, chain);
    const seen = folder.changes.length;
    const present = [...account.messages.values()].filter(
      (message) => message.folder === folder.id && passes(chain, message),
    );
    const rest = mixed(
      present.map((message) => itemOf(message, chain)),
      moods,
    );
    return { chain, key, state: { kind: 'next', rest, emptyPages: moods.emptyPages, seen, before: seen } };
  }

  /** The state that a link stands for; from a delta link a new round begins. */
  function proceed({ url, folder, account }: DeltaRequest, token: string): { chain: Chain; key: string; state: State } {
    const [key = '', text = ''] = token.split('.');
    const generation = Number(text);
    const chain = chains.get(key);
    const state = chain?.states.get(generation);
    if (chain === undefined || state === undefined || chain.folder !== folder.id) throw gone(generation, chain, url);
    if (state.kind === 'next') return { chain, key, state };
    const until = Math.max(state.seen, folder.changes.length - moods.lag);
    const changes = folder.changes.slice(moods.repeats ? state.before : state.seen, until);
    const rest = changes.flatMap(({ kind, immutableId, id }): object[] => {
      const message = account.messages.get(immutableId);
      const isHere = message?.folder === folder.id;
      if (kind === 'removed' || !isHere) {
        const removed = { '@removed': { reason: 'deleted' }, id: chain.immutable ? immutableId : id };
        return kind === 'removed' && (!chain.createdOnly || moods.tellsRemovals) ? [removed] : [];
      }
      if (kind === 'updated' && chain.createdOnly) return [];
      return passes(chain, message) ? [itemOf(message, chain)] : [];
    });
    return {
      chain,
      key,
      state: {
        kind: 'next',
        rest: mixed(rest, moods),
        emptyPages: moods.emptyPages,
        seen: until,
        before: state.seen,
      },
    };
  }

  return {
    moods,
    forget(location = false) {
      chains.clear();
      forgotten = location ? 'location' : 'plain';
    },
    answer(request) {
      const { url, pageSize } = request;
      const token = url.searchParams.get('$skiptoken') ?? url.searchParams.get('$deltatoken') ?? '';
      if (token === 'latest') {
        throw new GraphError(400, 'BadRequest', "The value 'latest' of '$deltatoken' is not supported for messages.");
      }
      const { chain, key, state } = token === '' ? begin(request) : proceed(request, token);
      const isEmpty = state.emptyPages > 0;
      const value = isEmpty ? [] : state.rest.slice(0, pageSize);
      const after = {
        ...state,
        rest: state.rest.slice(value.length),
        emptyPages: Math.max(0, state.emptyPages - 1),
      };
      const isLast = !isEmpty && after.rest.length === 0;
      chain.generation += 1;
      chain.states.set(chain.generation, isLast ? { ...after, kind: 'delta' } : after);
      chain.states.delete(chain.generation - liveGenerations);
      const link = `${url.origin}${url.pathname}?${isLast ? '$deltatoken' : '$skiptoken'}=${key}.${chain.generation}`;
      return {
        status: 200,
        body: {
          '@odata.context': `${url.origin}/v1.0/$metadata#Collection(message)`,
          [isLast ? '@odata.deltaLink' : '@odata.nextLink']: link,
          value,
        },
      };
    },
  };
}

function filterOf(query: URLSearchParams): { since: number | undefined; isAfter: boolean } {
  const refuse = (message: string) => new GraphError(400, 'ErrorInvalidUrlQuery', message);
  if (query.has('$search')) throw refuse('$search is not supported for change tracking.');
  const order = query.get('$orderby');
  if (order !== null && order !== 'receivedDateTime desc') {
    throw refuse("The '$orderby' parameter value is not supported for 'Messages' resource.");
  }
  const filter = query.get('$filter');
  if (filter === null) return { since: undefined, isAfter: false };
  const [, operator, time = ''] = /^receivedDateTime (ge|gt) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(filter) ?? [];
  if (operator === undefined) {
    throw refuse(
      "The '$filter' parameter value is not supported for 'Messages' resource; only a value of 'receivedDateTime ge value' is supported.",
    );
  }
  return { since: Date.parse(time), isAfter: operator === 'gt' };
}

function passes({ since, isAfter }: Chain, { receivedAt }: StoredMessage): boolean {
  if (since === undefined) return true;
  const received = toSecond(receivedAt);
  return isAfter ? received > since : received >= since;
}

function toSecond(time: number): number {
  return Math.floor(time / 1_000) * 1_000;
}

/** Only what a mail source selects; Graph gives the id always. */
function itemOf(message: StoredMessage, { immutable }: Chain): object {
  return {
    '@odata.type': '#microsoft.graph.message',
    '@odata.etag': 'W/"CQAAABYAAAA"',
    id: immutable ? message.immutableId : message.id,
    receivedDateTime: new Date(message.receivedAt).toISOString().replace(/\.\d+/, ''),
    internetMessageId: headerOf(message.mime, 'Message-ID'),
    isRead: message.isRead,
  };
}

function mixed(items: object[], { repeats, shuffles }: DeltaMoods): object[] {
  const all = repeats ? items.flatMap((item) => [item, item]) : items;
  return shuffles ? all.toReversed() : all;
}
