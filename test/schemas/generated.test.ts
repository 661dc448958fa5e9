import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../schemas/json/generate.ts';

const files = [...generatedFiles()];

describe('the files made from the schemas', () => {
  it.each(files)('%s is current', (name, text) => {
    const committed = readFileSync(new URL(`../../schemas/json/${name}`, import.meta.url), 'utf8');

    // Not toBe: a difference of a hundred thousand characters helps nobody.
    expect(committed === text, 'run "npm run generate"').toBe(true);
  });

  it('imports nothing and makes no code from text, so that a browser runs the validator as it is', () => {
    const [, code = ''] = files.find(([name]) => name === 'flow-validator.js') ?? [];

    expect(code).toContain('export default');
    expect(code).not.toMatch(/\brequire\(|\bimport\b|new Function|\beval\(/);
  });
});
