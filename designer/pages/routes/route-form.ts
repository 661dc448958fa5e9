import type { RouteBody, RouteChange, RouteView } from '../../../schemas/api/routes.ts';

/** A route as its form holds it: empty is "not said". */
export interface RouteForm {
  name: string;
  pattern: string;
  mailbox: string;
  folder: string;
  leadsTo: 'flow' | 'queue';
  flow: string;
  queue: string;
  priority: number;
  skills: string[];
  spamFlow: string;
  from: string;
  fromName: string;
  replyTo: string;
  replyToken: boolean;
  fromGroups: string[];
  bcc: string[];
  signature: string;
  history: boolean;
}

export const emptyRoute: RouteForm = {
  name: '',
  pattern: '',
  mailbox: '',
  folder: '',
  leadsTo: 'flow',
  flow: '',
  queue: '',
  priority: 0,
  skills: [],
  spamFlow: '',
  from: '',
  fromName: '',
  replyTo: '',
  replyToken: false,
  fromGroups: [],
  bcc: [],
  signature: '',
  history: false,
};

export function formOf(route: RouteView): RouteForm {
  const { straight } = route;
  return {
    name: route.name ?? '',
    pattern: route.pattern,
    mailbox: route.mailbox ?? '',
    folder: route.folder ?? '',
    leadsTo: straight === undefined ? 'flow' : 'queue',
    flow: route.flow ?? '',
    queue: straight?.queue ?? '',
    priority: straight?.priority ?? 0,
    skills: straight?.skills ?? [],
    spamFlow: route.spamFlow ?? '',
    from: route.from ?? '',
    fromName: route.fromName ?? '',
    replyTo: route.replyTo ?? '',
    replyToken: route.replyToken ?? false,
    fromGroups: route.fromGroups ?? [],
    bcc: route.bcc ?? [],
    signature: route.signature ?? '',
    history: route.history ?? false,
  };
}

/** All that the form says; null for what it leaves open. */
export function changeOf(form: RouteForm): RouteChange & { pattern: string } {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  const isFlow = form.leadsTo === 'flow';
  return {
    pattern: form.pattern.trim(),
    name: text(form.name),
    mailbox: text(form.mailbox),
    folder: form.mailbox === '' ? null : text(form.folder),
    flow: isFlow ? text(form.flow) : null,
    straight: isFlow
      ? null
      : {
          queue: form.queue,
          ...(form.priority === 0 ? {} : { priority: form.priority }),
          ...(form.skills.length === 0 ? {} : { skills: form.skills }),
        },
    spamFlow: text(form.spamFlow),
    from: text(form.from),
    fromName: text(form.fromName),
    replyTo: text(form.replyTo),
    replyToken: form.replyToken ? true : null,
    fromGroups: form.fromGroups.length === 0 ? null : form.fromGroups,
    bcc: form.bcc.length === 0 ? null : form.bcc,
    signature: form.signature.trim() === '' ? null : form.signature,
    history: form.history ? true : null,
  };
}

export function bodyOf(form: RouteForm): RouteBody {
  const { pattern, ...rest } = changeOf(form);
  // A new route has no nulls: they only take away what is there.
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as Omit<
    RouteBody,
    'pattern'
  >;
  return { pattern, ...said };
}
