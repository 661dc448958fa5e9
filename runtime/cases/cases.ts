import { join } from 'node:path';
import type { CaseEntry, CaseProposal, CaseResult, CasesRun } from '../../schemas/api/cases.ts';
import type { Topic } from '../../schemas/api/system.ts';
import type { Case } from '../../schemas/case.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { EnginePorts } from '../engine/ports.ts';
import type { Git, GitAuthor } from '../flows/git.ts';
import {
  caseFile,
  caseFolder,
  caseText,
  mailFile,
  maxMailBytes,
  readCaseMail,
  readCases,
  type StoredCase,
} from './case-files.ts';
import { cachedParse } from './mail-cache.ts';
import { proposeCase } from './propose-case.ts';
import type { CaseSituation } from './run-case.ts';
import { type ParseMail, runCases } from './run-cases.ts';
import { type FileChanges, writeAndCommit } from './write-cases.ts';

/** A flow has a handful per decision; beyond this nobody reads the list. */
const maxCases = 1_000;
/** Cases that take longer than this hold up everybody who publishes. */
const maxRunMs = 30_000;

interface CaseRef {
  flow: string;
  name: string;
  author: GitAuthor;
}

/** The cases beside the flows. Ids and names have passed their patterns: they become file names. */
export interface Cases {
  /** By name, wrong ones too. */
  list(flow: string): Promise<CaseEntry[]>;
  /** The mail of a case, byte for byte. Throws UserError `case-not-found` (404), `case-mail-unreadable` (422). */
  mail(flow: string, name: string): Promise<Uint8Array>;
  /** Throws UserError `case-not-found` (404). */
  read(flow: string, name: string): Promise<CaseEntry>;
  /** Throws UserError `case-exists` (409), `case-mail-too-large`, `too-many-cases` (422), and what writing throws (write-cases.ts). */
  create(ref: CaseRef, input: { case: Case; mail: Uint8Array }): Promise<CaseEntry>;
  /** Another expectation for the same mail. Throws UserError `case-not-found` (404), `case-changed` (409), and what writing throws. */
  update(ref: CaseRef, input: { case: Case; revision?: string }): Promise<CaseEntry>;
  /** Throws UserError `case-not-found` (404), `case-exists` (409), and what writing throws. */
  rename(ref: CaseRef, to: string): Promise<CaseEntry>;
  /** Throws UserError `case-not-found` (404), and what writing throws. */
  remove(ref: CaseRef): Promise<void>;
  /** Runs the cases against a document, at most 30 s; those of `names`, or all. */
  run(flow: Flow, names?: readonly string[]): Promise<CasesRun>;
  /** A mail as a case that expects what the flow does with it now. Throws what parsing throws. */
  propose(flow: Flow, mail: Uint8Array, situation: CaseSituation): Promise<CaseProposal>;
}

export function createCases(deps: {
  /** The flows folder. */
  folder: string;
  git: Git;
  engine: EnginePorts;
  parse: ParseMail;
  log: { error(data: object, message: string): void };
  onChange: (topic: Topic) => void;
}): Cases {
  const { engine, folder } = deps;
  const parse = cachedParse(deps.parse);
  let last: Promise<unknown> = Promise.resolve();

  /** A case is two files: who looks between the writing of the one and of the other takes it for a broken case. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  /** Looking whether a name is free and taking it must not be parted by another's doing the same. */
  async function changing<T>(work: () => Promise<T>): Promise<T> {
    const result = await inTurn(work);
    deps.onChange('flows');
    return result;
  }

  const pathOf = (flow: string) => join(folder, caseFolder(flow));

  async function entryOf(flow: string, stored: StoredCase): Promise<CaseEntry> {
    const email = await readCaseMail(pathOf(flow), stored.name)
      .then((bytes) => parse(bytes, stored.case?.envelope))
      .catch(() => null);
    const mail = email === null ? null : { subject: email.subject, from: email.from.address, size: email.size };
    return { ...stored, mail };
  }

  async function found(flow: string, name: string): Promise<StoredCase> {
    const stored = (await readCases(pathOf(flow))).find((each) => each.name === name);
    if (stored !== undefined) return stored;
    throw new UserError('case-not-found', `The flow "${flow}" has no case "${name}".`, { status: 404 });
  }

  async function assertFree(flow: string, name: string): Promise<void> {
    const stored = await readCases(pathOf(flow));
    if (stored.some((each) => each.name === name)) {
      throw new UserError('case-exists', `There is a case "${name}" already: choose another name.`, { status: 409 });
    }
    if (stored.length < maxCases) return;
    throw new UserError('too-many-cases', `A flow may have ${maxCases} cases: delete some first.`, { status: 422 });
  }

  const write = (ref: CaseRef, changes: FileChanges, what: string) =>
    writeAndCommit(deps, caseFolder(ref.flow), changes, { message: `${what} of ${ref.flow}`, author: ref.author });

  const read = async (flow: string, name: string) => entryOf(flow, await found(flow, name));

  return {
    list: (flow) =>
      inTurn(async () => {
        const stored = await readCases(pathOf(flow));
        return Promise.all(stored.map((each) => entryOf(flow, each)));
      }),
    mail: (flow, name) =>
      inTurn(async () => {
        await found(flow, name);
        return readCaseMail(pathOf(flow), name);
      }),
    read: (flow, name) => inTurn(() => read(flow, name)),
    create: (ref, { case: document, mail }) =>
      changing(async () => {
        if (mail.byteLength > maxMailBytes) throw mailTooLarge(mail.byteLength);
        await assertFree(ref.flow, ref.name);
        const changes = new Map<string, string | Uint8Array>([
          [caseFile(ref.name), caseText(document)],
          [mailFile(ref.name), mail],
        ]);
        await write(ref, changes, `Add case ${ref.name}`);
        return read(ref.flow, ref.name);
      }),
    update: (ref, { case: document, revision }) =>
      changing(async () => {
        const stored = await found(ref.flow, ref.name);
        if (revision !== undefined && revision !== stored.revision) {
          const words = `The case "${ref.name}" was changed meanwhile. Look at it again, then change it.`;
          throw new UserError('case-changed', words, { status: 409 });
        }
        await write(ref, new Map([[caseFile(ref.name), caseText(document)]]), `Change case ${ref.name}`);
        return read(ref.flow, ref.name);
      }),
    rename: (ref, to) =>
      changing(async () => {
        await found(ref.flow, ref.name);
        if (to !== ref.name) {
          await assertFree(ref.flow, to);
          await write(ref, await moved(pathOf(ref.flow), ref.name, to), `Rename case ${ref.name} to ${to}`);
        }
        return read(ref.flow, to);
      }),
    remove: (ref) =>
      changing(async () => {
        await found(ref.flow, ref.name);
        const changes = new Map([
          [caseFile(ref.name), null],
          [mailFile(ref.name), null],
        ]);
        await write(ref, changes, `Delete case ${ref.name}`);
      }),
    async run(flow, names) {
      const started = engine.clock.monotonic();
      const stored = await inTurn(() => readCases(pathOf(flow.id)));
      const chosen = names === undefined ? stored : stored.filter(({ name }) => names.includes(name));
      const items: CaseResult[] = [];
      let isComplete = true;
      const runDeps = { folder: pathOf(flow.id), engine, parse, deadline: started + maxRunMs };
      for await (const { isRun, ...result } of runCases(flow, chosen, runDeps)) {
        items.push(result);
        isComplete &&= isRun;
      }
      const failed = items.filter(({ ok }) => !ok).length;
      return { items, failed, isComplete, durationMs: Math.round(engine.clock.monotonic() - started) };
    },
    async propose(flow, mail, situation) {
      const taken = (await inTurn(() => readCases(pathOf(flow.id)))).map(({ name }) => name);
      return proposeCase(flow, situation, await parse(mail, situation.envelope), { engine, taken });
    },
  };
}

async function moved(folder: string, from: string, to: string): Promise<FileChanges> {
  const stored = (await readCases(folder)).find(({ name }) => name === from);
  if (stored?.case == null) {
    throw new UserError('case-unreadable', `The case cannot be renamed: ${stored?.problem ?? 'it is gone'}`, {
      status: 422,
    });
  }
  return new Map<string, string | Uint8Array | null>([
    [caseFile(from), null],
    [mailFile(from), null],
    [caseFile(to), caseText(stored.case)],
    [mailFile(to), await readCaseMail(folder, from)],
  ]);
}

function mailTooLarge(size: number): UserError {
  return new UserError(
    'case-mail-too-large',
    `This mail has ${size} bytes; the mail of a case may have ${maxMailBytes}, since it is kept in git. Try it with a smaller attachment.`,
    { status: 422 },
  );
}
