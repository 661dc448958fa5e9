import { readVariableRef } from './variable.ts';

/**
 * Variables of the flow, and of a task, in the text of a template, found without Liquid's parser: the place where a name stands is what renaming needs, and a
 * template that cannot be read yet must be renamed too. Texts in quotes and what `{% raw %}` covers are left alone.
 */
interface Found {
  /** As it is referred to: `category`, `task.category`. */
  name: string;
  /** Offsets of the name within the template. */
  from: number;
  to: number;
}

const places = /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
/** `flow["name"]`, a text in quotes, or `flow.name`, which a hyphen would make another name unless it belongs to the end of the place. */
const names =
  /(?<![\w.-])(?<of>flow|task)\s*\[\s*(["'])(?<quoted>[A-Za-z]\w*)\2\s*\]|"[^"]*"|'[^']*'|(?<![\w.-])(?<owner>flow|task)\s*\.\s*(?<dotted>[A-Za-z]\w*)(?!\w|-(?![}%]))/dg;

export function findVariables(template: string): Found[] {
  const found: Found[] = [];
  for (const { 0: place, index } of template.matchAll(places)) {
    if (/^\{%-?\s*raw\b/.test(place)) continue;
    for (const { groups, indices } of place.matchAll(names)) {
      const name = groups?.quoted ?? groups?.dotted;
      const range = indices?.groups?.quoted ?? indices?.groups?.dotted;
      if (name === undefined || range === undefined) continue;
      const ref = (groups?.of ?? groups?.owner) === 'task' ? `task.${name}` : name;
      found.push({ name: ref, from: index + range[0], to: index + range[1] });
    }
  }
  return found;
}

/** The template with every mention of one variable renamed; the same text where there is none. */
export function renameInTemplate(template: string, from: string, to: string): string {
  let renamed = '';
  let end = 0;
  for (const found of findVariables(template)) {
    if (found.name !== from) continue;
    renamed += template.slice(end, found.from) + readVariableRef(to).name;
    end = found.to;
  }
  return renamed + template.slice(end);
}
