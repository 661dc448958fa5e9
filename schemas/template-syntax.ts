import type { Template } from 'liquidjs';
import { Liquid } from 'liquidjs';
import { coerceError, UserError } from './errors.ts';

/**
 * The dialect of Liquid that text fields are written in, the same for the checks in the browser and for the server:
 * no tag that reads another file, no filter whose result depends on anything but its input, and an unknown filter is an error.
 */
export interface TemplateSyntax {
  /** The parsed template. Throws a UserError `bad-template` that says where it is wrong. */
  parse(source: string): Template[];
  /** What a template reads from the scope, such as `['email', 'subject']`; a part that is computed ends its path. */
  reads(template: Template[]): string[][];
  /** The text of a parsed template. Throws whatever Liquid throws. */
  render(template: Template[], scope: object): unknown;
}

/** 100,000 characters is the longest text field of a flow; the rest bounds what one rendering may cost the server. */
const limits = { parseLimit: 100_000, renderLimit: 1_000, memoryLimit: 5_000_000, templateLimit: 100_000 };

const withoutFiles = ['include', 'render', 'layout', 'block'];
/** `sample` draws lots: a run would not repeat. */
const withoutChance = ['sample'];
const dateFilters = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'];

/** `html`: what is put into the template is escaped unless it asks for `raw`. */
export type TemplateForm = 'text' | 'html';

export function createTemplateSyntax(form: TemplateForm = 'text'): TemplateSyntax {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    timezoneOffset: 0,
    locale: 'en-GB',
    // An empty mapping replaces the file system.
    templates: {},
    ...(form === 'html' ? { outputEscape: 'escape' as const } : {}),
    ...limits,
  });
  for (const tag of withoutFiles) delete liquid.tags[tag];
  for (const filter of withoutChance) delete liquid.filters[filter];
  for (const name of dateFilters) bindToRunTime(liquid, name);

  return {
    parse(source) {
      try {
        return liquid.parse(source);
      } catch (thrown) {
        throw new UserError('bad-template', templateMessage(coerceError(thrown)), { cause: thrown });
      }
    },
    reads(template) {
      const { globals } = liquid.analyzeSync(template, { partials: false });
      return Object.values(globals).flatMap((variables) => variables.map((variable) => plainPath(variable.segments)));
    },
    render: (template, scope) => liquid.renderSync(template, scope),
  };
}

/** `'now' | date` must be the moment of the run and not of the rendering: a replay gives the same text. */
function bindToRunTime(liquid: Liquid, name: string): void {
  const original = liquid.filters[name];
  if (typeof original !== 'function') return;
  liquid.registerFilter(name, function (value: unknown, ...rest: unknown[]) {
    const moment = value === 'now' || value === 'today' ? this.context.getSync(['system', 'now']) : value;
    return original.call(this, moment, ...rest);
  });
}

function plainPath(segments: readonly unknown[]): string[] {
  const path: string[] = [];
  for (const segment of segments) {
    if (typeof segment !== 'string' && typeof segment !== 'number') break;
    path.push(String(segment));
  }
  return path;
}

/** Liquid's message names the place but for the file, which there is none. */
function templateMessage(error: Error): string {
  return `The template cannot be read: ${error.message}.`;
}
