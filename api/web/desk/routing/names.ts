import { useText } from '@shared/i18n';
import { formatKey } from '@shared/ui/format';
import { useCallback } from 'react';
import { routingMessages } from './messages';

const channels = ['VOICE', 'CHAT', 'MAIL', 'PORTAL'] as const;
const queues = ['service', 'faults', 'emergency'] as const;

/** Channels come as the enum on a contact and in small letters in lists. */
export function useChannelName(): (channel: string) => string {
  const t = useText(routingMessages);
  return useCallback(
    (channel) => {
      const known = channels.find((name) => name === channel.toUpperCase());
      return known ? t(`channel.${known}`) : formatKey(channel);
    },
    [t],
  );
}

/** Queues are the utilities' own; the usual ones have a name in every language. */
export function useQueueName(): (queue: string) => string {
  const t = useText(routingMessages);
  return useCallback(
    (queue) => {
      const known = queues.find((name) => name === queue);
      return known ? t(`queue.${known}`) : formatKey(queue);
    },
    [t],
  );
}
