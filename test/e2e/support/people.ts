import type { Page } from 'playwright-core';

const administrator = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };

/** First run: makes the administrator in the browser, by keyboard, and waits for the first page. */
export async function setUpAdministrator(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Welcome to Sluice' }).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).fill(administrator.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor();
}

/** Goes to a page by the main navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
}
