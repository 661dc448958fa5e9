import { coerceError, OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { ConditionTrace } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';
import { createTemplateSyntax, type TemplateForm } from '../../schemas/template-syntax.ts';
import { createBoundedCache } from './bounded-cache.ts';
import type { LogicNode } from './compile-logic.ts';
import { compileLogic, evaluateNode } from './compile-logic.ts';
import type { Directory } from './directory.ts';
import { emptyDirectory } from './directory.ts';
import { newFrame } from './frame.ts';
import { createOwnOperators } from './own-operators.ts';
import { truthy } from './standard-operators.ts';
import { traceNode } from './trace-logic.ts';

/** Longest text that a template may make: a mail longer than this is no answer. */
const maxRenderedLength = 1_000_000;

/**
 * Conditions, values and templates over one scope. Nothing of a flow is ever run as JavaScript; every failure is thrown as a
 * UserError, so that none reads as false or as an empty text.
 */
interface Expressions {
  evaluate(rule: Logic, scope: Scope): unknown;
  decide(rule: Logic, scope: Scope): { holds: boolean; trace: ConditionTrace };
  render(template: string, scope: Scope, form?: TemplateForm): string;
}

/** Keeps compiled rules, patterns and templates between runs; rules are taken to be immutable, as flow documents are. */
export function createExpressions(directory: Directory = emptyDirectory): Expressions {
  const own = createOwnOperators(createBoundedCache({ entries: 1_000, characters: 200_000 }), directory);
  const compiled = new WeakMap<object, LogicNode>();
  const dialects = { text: createDialect('text'), html: createDialect('html') };

  const nodeOf = (rule: Logic): LogicNode => {
    if (typeof rule !== 'object' || rule === null) return { kind: 'literal', rule };
    const known = compiled.get(rule);
    if (known !== undefined) return known;
    const node = compileLogic(rule, own);
    compiled.set(rule, node);
    return node;
  };

  return {
    evaluate: (rule, scope) => guarded('condition-failed', () => evaluateNode(nodeOf(rule), newFrame(scope))),

    decide: (rule, scope) =>
      guarded('condition-failed', () => {
        const { value, trace } = traceNode(nodeOf(rule), newFrame(scope));
        return { holds: truthy(value), trace };
      }),

    render: (template, scope, form = 'text') => {
      // Most settings are plain text: Liquid has nothing to do there.
      if (!template.includes('{{') && !template.includes('{%')) return template;
      return guarded('template-failed', () => {
        const text = String(dialects[form](template, scope));
        if (text.length > maxRenderedLength) {
          throw new UserError(
            'template-failed',
            `The template makes a text of ${text.length} characters; ${maxRenderedLength} are allowed.`,
          );
        }
        return text;
      });
    },
  };
}

/** Renders templates of one form and keeps them parsed. */
function createDialect(form: TemplateForm): (template: string, scope: Scope) => unknown {
  const syntax = createTemplateSyntax(form);
  const parsed = createBoundedCache<ReturnType<typeof syntax.parse>>({ entries: 2_000, characters: 2_000_000 });
  return (template, scope) =>
    syntax.render(
      parsed.get(template, () => syntax.parse(template)),
      scope,
    );
}

function guarded<T>(code: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof UserError || thrown instanceof OperationalError || thrown instanceof UnexpectedError)
      throw thrown;
    const { message } = coerceError(thrown);
    const what = code === 'template-failed' ? 'template' : 'rule';
    throw new UserError(code, `The ${what} failed on this mail: ${message}.`, { cause: thrown });
  }
}
