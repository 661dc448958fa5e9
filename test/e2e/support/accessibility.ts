import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it stands, one line for each place; serious findings only. `only` names the rules to run, `without` what is left out (selectors). */
export async function seriousFindings(
  page: Page,
  { only, without = [] }: { only?: readonly string[]; without?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => Reflect.has(window, 'axe')))) await page.evaluate(source);
  return page.evaluate(
    async ({ rules, left }) => {
      // What axe puts into the page knows no types here.
      // What CodeMirror offers is walked by the arrow keys of the field, which keeps the focus.
      const context = { exclude: ['.cm-tooltip-autocomplete', ...left].map((selector) => [selector]) };
      const axe = Reflect.get(window, 'axe');
      // What a rule finds has the weight of the rule: lighter ones would be looked for in vain.
      const light = axe._audit.rules.filter(({ impact }: { impact: string }) => /^(minor|moderate)$/.test(impact));
      const { violations } = await axe.run(context, {
        resultTypes: ['violations'],
        ...(rules === null
          ? {
              rules: {
                'label-content-name-mismatch': { enabled: true },
                ...Object.fromEntries(light.map(({ id }: { id: string }) => [id, { enabled: false }])),
              },
            }
          : { runOnly: { type: 'rule', values: rules } }),
      });
      return violations
        .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
          nodes.map(
            ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
          ),
        );
    },
    { rules: only ?? null, left: without },
  );
}
