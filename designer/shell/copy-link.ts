import { notifyDone, notifyError } from './notify.ts';

/** Puts the whole address of a page of the designer into the clipboard. */
export async function copyLink(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(path, location.href).href);
    notifyDone('The link is in the clipboard.');
  } catch (error) {
    notifyError(error, 'The browser did not let the link into the clipboard');
  }
}
