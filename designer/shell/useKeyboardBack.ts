import { useEffect, useState } from 'react';

/**
 * Gives the keyboard back to whatever had it before something that is drawn only while it is open, once that goes. What a menu opened
 * gives it to the button of the menu.
 */
export function useKeyboardBack(): void {
  const [before] = useState(() => openerOf(document.activeElement));
  useEffect(
    () => () => {
      // Somebody who clicked elsewhere, or a command that went elsewhere, knows better.
      if (document.activeElement === null || document.activeElement === document.body) {
        before?.focus({ preventScroll: true });
      }
    },
    [before],
  );
}

function openerOf(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button === null || button === undefined ? element : document.getElementById(button);
  return opener instanceof HTMLElement ? opener : null;
}
