import { Button } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { identity } from '@shared/ui/brand';
import { Logo } from '@shared/ui/Logo';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { useNow } from '@shared/ui/useNow';
import { useState } from 'react';
import type { CombinedError, OperationResult } from 'urql';
import { Key } from '../keys/Key';
import { useShortcuts } from '../keys/useShortcuts';
import { useChannelName, useQueueName } from '../routing/names';
import type { Me } from '../session';
import { shellMessages } from './messages';
import { OfferAcceptDocument, OfferDeclineDocument } from './query';
import { ringLeft } from './ringLeft';

export type Offer = Me['offers'][number];
interface OfferBoxProps {
  offer: Offer;
  /** Only the oldest offer listens to the keys. */
  first: boolean;
  onAccepted: () => void;
  onGone: () => void;
}
type Answer = { userErrors: { message: string }[] } | null | undefined;

export function OfferBox({ offer, first, onAccepted, onGone }: OfferBoxProps) {
  const t = useText(shellMessages);
  const channelName = useChannelName();
  const queueName = useQueueName();
  const [accept, accepting] = useKeyedMutation(OfferAcceptDocument);
  const [decline, declining] = useKeyedMutation(OfferDeclineDocument);
  const [refusal, setRefusal] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const left = ringLeft(offer, useNow());
  const variables = { input: { offerId: offer.id } };

  function settle({ error }: OperationResult, answer: Answer, onDone: () => void) {
    const refused = answer?.userErrors[0];
    setTrouble(error);
    setRefusal(refused?.message);
    if (answer && !refused) onDone();
  }
  async function onAccept() {
    const result = await accept(variables);
    settle(result, result.data?.offerAccept, onAccepted);
  }
  async function onDecline() {
    const result = await decline(variables);
    settle(result, result.data?.offerDecline, onGone);
  }
  useShortcuts(first ? { accept: onAccept, decline: onDecline } : {});

  if (left === 0 && !accepting && !refusal) return null;
  return (
    <section className="offer" {...identity(offer.tenant)} aria-labelledby={`offer-${offer.id}`}>
      <div className="row offerhead">
        <Logo brand={offer.tenant.brand} inverted />
        <h3 id={`offer-${offer.id}`}>{offer.tenant.name}</h3>
      </div>
      <p className="b">{t('offerTitle', { channel: channelName(offer.channel), queue: queueName(offer.queue) })}</p>
      <p className="small num q2">{t('offerLeft', { seconds: left })}</p>
      {refusal && (
        <Notice tone="info" title={t('offerGone')}>
          {refusal}
        </Notice>
      )}
      {trouble && <Trouble error={trouble} asked="read" />}
      <Button fullWidth variant="ink" onClick={onAccept} aria-disabled={accepting}>
        {t('accept')}
        {first && <Key of="accept" />}
      </Button>
      <Button fullWidth variant="quiet" onClick={onDecline} aria-disabled={declining}>
        {t('decline')}
        {first && <Key of="decline" />}
      </Button>
    </section>
  );
}
