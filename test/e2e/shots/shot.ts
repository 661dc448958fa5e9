import type { Page } from 'playwright-core';

/** One page, or one state of it, that is pictured and scanned. */
export interface Shot {
  /** Of its pictures' files. */
  name: string;
  /** Where it is; a function where that depends on what the server named. */
  at: string | ((named: Named) => string);
  /** What a person does on the page until it looks as it should. */
  prepare?: (page: Page) => Promise<void>;
  /** The canvas stands as in another shot: what is looked at are the panels around it. */
  isOfPanels?: true;
  /** Without a session. */
  isSignedOut?: true;
}

/** Ids that the server gave. */
export interface Named {
  /** Of the newest mail whose subject contains the text. */
  interaction(subject: string): string;
  /** Of the newest answer whose subject contains the text. */
  answer(subject: string): string;
}

type Step = (page: Page) => Promise<void>;

/** Several things in order. */
export const all =
  (...steps: readonly Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page);
  };

export const click =
  (
    name: string | RegExp,
    role: 'button' | 'menuitem' | 'tab' | 'option' | 'combobox' | 'link' | 'radio' = 'button',
  ): Step =>
  (page) =>
    page
      .getByRole(role, { name, exact: typeof name === 'string' })
      .first()
      .click();

export const fill =
  (label: string, text: string): Step =>
  (page) =>
    page.getByRole('textbox', { name: label, exact: true }).first().fill(text);

export const see =
  (text: string | RegExp): Step =>
  (page) =>
    page.getByText(text).first().waitFor();

/** A key of the editor, on its canvas. */
export const press =
  (key: string): Step =>
  async (page) => {
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('application').first().press(key);
  };
