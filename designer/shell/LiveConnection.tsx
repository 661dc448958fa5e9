import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { createLive, type Live, type LiveState } from '../api/live.ts';

const LiveContext = createContext<Live | null>(null);

/** Holds the one event stream of the page while somebody is signed in. */
export function LiveConnection({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const opened = createLive(client);
    setLive(opened);
    return () => opened.close();
  }, [client]);

  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveState(): LiveState {
  const live = use(LiveContext);
  return useSyncExternalStore(
    (listener) => live?.subscribe(listener) ?? (() => {}),
    () => live?.state() ?? 'connecting',
  );
}
