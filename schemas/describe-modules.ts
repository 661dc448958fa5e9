import type { Action } from './actions/index.ts';
import { canAnswerAutomaticMail } from './checks/answers-automatic-mail.ts';
import { prepare } from './checks/prepare.ts';
import type { Flow } from './flow.ts';
import type { KnownModule } from './known-module.ts';
import { sheetsOf } from './sheet.ts';

/** The modules among these flows, each with its callers among them. */
export function describeModules(flows: readonly Flow[]): KnownModule[] {
  const calls = flows.flatMap((flow) => callsOf(flow).map((settings) => ({ flow, settings })));
  return flows
    .filter(({ type }) => type === 'module')
    .map((module) => ({
      id: module.id,
      name: module.name,
      inputs: module.inputs ?? [],
      outputs: module.outputs ?? [],
      calls: [...new Set(callsOf(module).map((settings) => settings.flow))],
      answers: canAnswerAutomaticMail(prepare(module, {})),
      callers: calls
        .filter(({ settings }) => settings.flow === module.id)
        .map(({ flow, settings }) => ({
          id: flow.id,
          name: flow.name,
          inputs: Object.keys(settings.inputs ?? {}),
          outputs: Object.values(settings.outputs ?? {}),
        })),
    }));
}

function callsOf(flow: Flow) {
  return actionsOf(flow).flatMap((action) => (action.type === 'call-flow' ? [action.settings] : []));
}

function actionsOf(flow: Flow): Action[] {
  return sheetsOf(flow).flatMap(({ actions }) => Object.values(actions));
}
