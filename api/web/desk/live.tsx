import { openSocket } from '@shared/api/socket';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { InteractionsChangedDocument, OffersChangedDocument } from './shell/query';

interface Live {
  connected: boolean;
  /** How often something about this contact was pushed; a view asks again when it grows. */
  changesOf(interactionId: string): number;
}
const LiveContext = createContext<Live>({ connected: true, changesOf: () => 0 });

interface LiveState {
  everything: number;
  each: Readonly<Record<string, number>>;
}

/** A push carries no data, only "changed"; after a break of the socket everything counts as changed. */
export function LiveProvider({ onChange, children }: { onChange: () => void; children: ReactNode }) {
  const [connected, setConnected] = useState(true);
  const [changes, setChanges] = useState<LiveState>({ everything: 0, each: {} });
  const notify = useRef(onChange);
  notify.current = onChange;

  useEffect(() => {
    let lost = false;
    const changed = (interactionId: string) => {
      setChanges(({ everything, each }) => ({
        everything,
        each: { ...each, [interactionId]: (each[interactionId] ?? 0) + 1 },
      }));
      notify.current();
    };
    const socket = openSocket({
      onConnected: () => {
        setConnected(true);
        if (!lost) return;
        lost = false;
        setChanges(({ everything, each }) => ({ everything: everything + 1, each }));
        notify.current();
      },
      onLost: () => {
        lost = true;
        setConnected(false);
      },
      onRefused: () => notify.current(),
    });
    const stops = [
      socket.subscribe(OffersChangedDocument, ({ offers }) => changed(offers.interactionId)),
      socket.subscribe(InteractionsChangedDocument, ({ interactions }) => changed(interactions.interactionId)),
    ];
    return () => {
      for (const stop of stops) stop();
      socket.close();
    };
  }, []);

  const changesOf = (interactionId: string) => changes.everything + (changes.each[interactionId] ?? 0);
  return <LiveContext value={{ connected, changesOf }}>{children}</LiveContext>;
}

export function useLive(): Live {
  return useContext(LiveContext);
}
