import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with the page as it stands, one line for each place; serious findings only. */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => Reflect.has(window, 'axe')))) await page.evaluate(await readFile(source, 'utf8'));
  return page.evaluate(async () => {
    // What axe puts into the page knows no types here.
    const { violations } = await Reflect.get(window, 'axe').run(document, {
      resultTypes: ['violations'],
      // Initials in the picture of a person are no words that the name of their button would have to begin with.
      rules: { 'label-content-name-mismatch': { enabled: false } },
    });
    return violations
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll(/\s+/g, ' ')}`,
        ),
      );
  });
}
