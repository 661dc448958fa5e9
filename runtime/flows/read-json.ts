import { printParseErrorCode, visit } from 'jsonc-parser';
import { coerceError } from '../../schemas/errors.ts';
import type { Issue } from '../../schemas/issue.ts';

/** 5 MB: a flow of 5,000 actions with long texts stays under 3 MB. */
export const maxDocumentBytes = 5 * 1024 * 1024;

/** An operator takes two levels, so that conditions may nest about a hundred deep. Whatever walks a document may recurse up to here. */
export const maxDocumentDepth = 200;

/**
 * The document in a file's text, or what keeps it from being one. Stricter than JSON.parse: a key that stands twice, which
 * a merge in git brings about easily, would silently drop the first one.
 */
export function readJson(text: string, file: string): { document: unknown; issues: Issue[] } {
  if (isTooDeep(text)) {
    return {
      document: null,
      issues: [issueAt('json-too-deep', `${file} nests deeper than ${maxDocumentDepth} levels.`)],
    };
  }
  const issues = syntaxIssues(text, file);
  if (issues.length > 0) return { document: null, issues };
  try {
    return { document: JSON.parse(text), issues: [] };
  } catch (thrown) {
    return { document: null, issues: [issueAt('json-syntax', `${file}: ${coerceError(thrown).message}.`)] };
  }
}

/** True if the value nests deeper than a document may. Never recurses itself: the value may be hostile. */
export function isTooDeepValue(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDocumentDepth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** Looks at brackets outside of strings only, before any parser that recurses sees the text. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > maxDocumentDepth) return true;
  }
  return false;
}

function syntaxIssues(text: string, file: string): Issue[] {
  const issues: Issue[] = [];
  const keys: Set<string>[] = [];
  const where = (line: number, column: number) => `${file}, line ${line + 1}, column ${column + 1}`;
  visit(
    text,
    {
      onObjectBegin: () => {
        keys.push(new Set());
      },
      onObjectEnd: () => {
        keys.pop();
      },
      onObjectProperty: (name, _offset, _length, line, column) => {
        const known = keys.at(-1);
        if (known?.has(name)) {
          issues.push(
            issueAt('json-duplicate-key', `${where(line, column)}: the key "${name}" stands here a second time.`),
          );
        }
        known?.add(name);
      },
      onError: (code, _offset, _length, line, column) => {
        const words = printParseErrorCode(code)
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .toLowerCase();
        issues.push(issueAt('json-syntax', `${where(line, column)}: not valid JSON (${words}).`));
      },
    },
    { disallowComments: true },
  );
  // One missing comma makes a parser stumble many times; the first place is the one to mend.
  const syntax = issues.find((issue) => issue.code === 'json-syntax');
  return syntax === undefined ? issues : [syntax];
}

function issueAt(code: string, message: string): Issue {
  return { code, severity: 'error', path: '', message };
}
