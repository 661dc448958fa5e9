import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { confirm } from './confirm.tsx';

/** Asks before somebody leaves a page with edits that are not saved, by a link as well as by closing the tab. */
export function useUnsavedGuard(isChanged: boolean): void {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isChanged && currentLocation.pathname !== nextLocation.pathname,
  );
  const { state, proceed, reset } = blocker;

  useEffect(() => {
    if (state !== 'blocked' || !proceed || !reset) return;
    confirm({
      title: 'Leave without saving?',
      text: 'What you changed on this page is lost.',
      yes: 'Leave',
      onYes: proceed,
      no: 'Stay',
      onNo: reset,
    });
  }, [state, proceed, reset]);

  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isChanged]);
}
