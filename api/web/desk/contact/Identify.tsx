import { Button, TextInput } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Icon } from '@shared/ui/Icon';
import { MaskedText } from '@shared/ui/Masked';
import { Notice } from '@shared/ui/Notice';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { type FormEvent, useRef, useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { Key } from '../keys/Key';
import { useShortcuts } from '../keys/useShortcuts';
import type { CardData } from './ContactPage';
import { contactMessages } from './messages';
import { CustomerSearchDocument, InteractionIdentifyDocument } from './query';

interface IdentifyProps {
  card: CardData;
  interactionId: string;
  onIdentified: () => void;
}
type Hit = CardData['candidates'][number];

/** Nobody's card opens by a guess: the operator asks, then chooses. */
export function Identify({ card, interactionId, onIdentified }: IdentifyProps) {
  const t = useText(contactMessages);
  const [identify, running] = useKeyedMutation(InteractionIdentifyDocument);
  const [trouble, setTrouble] = useState<CombinedError>();
  const [refusal, setRefusal] = useState<string>();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useShortcuts({ search: () => box.current?.focus() });
  const [found] = useQuery({ query: CustomerSearchDocument, variables: { search }, pause: search === '' });

  async function choose(customerId: string) {
    const { data, error } = await identify({ input: { interactionId, customerId } });
    const refused = data?.interactionIdentify?.userErrors[0];
    setTrouble(error);
    setRefusal(refused?.message);
    if (data?.interactionIdentify && !refused) onIdentified();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setSearch(typed.trim());
  }
  const hits = found.data?.customers.edges.map(({ node }) => node) ?? [];

  return (
    <div className="identify">
      <Notice tone="info" title={t(`match.${card.match}`)}>
        {t(`identifyHelp.${card.match}`)}
      </Notice>
      {refusal && <Notice tone="warn" title={refusal} />}
      {trouble && <Trouble error={trouble} asked="read" />}
      {card.candidates.length > 0 && (
        <HitList title={t('candidates')} hits={card.candidates} running={running} onChoose={choose} />
      )}
      <search>
        <form onSubmit={submit}>
          <TextInput
            ref={box}
            type="search"
            label={
              <>
                {t('search')} <Key of="search" />
              </>
            }
            description={t('searchHelp')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<Icon name="search" />}>
            {t('searchGo')}
          </Button>
        </form>
      </search>
      {found.error && <Trouble error={found.error} asked="read" />}
      {found.fetching && <Skeleton />}
      {search !== '' && found.data && !found.fetching && (
        <div role="status">{hits.length === 0 && <p>{t('nothingFound', { search })}</p>}</div>
      )}
      {search !== '' && !found.fetching && hits.length > 0 && (
        <HitList title={t('found')} hits={hits} running={running} onChoose={choose} />
      )}
    </div>
  );
}

interface HitListProps {
  title: string;
  hits: readonly Hit[];
  running: boolean;
  onChoose: (customerId: string) => void;
}

function HitList({ title, hits, running, onChoose }: HitListProps) {
  const t = useText(contactMessages);
  return (
    <section>
      <h2>{title}</h2>
      <ul className="hits">
        {hits.map(({ id, number, name, address, class: kind }) => (
          <li key={id}>
            <button type="button" onClick={() => onChoose(id)} aria-disabled={running}>
              <b>
                <MaskedText text={name} />
              </b>
              <span className="q2">{t('customerNumber', { number })}</span>
              <span className="q2">{address ? <MaskedText text={address} /> : t(`class.${kind}`)}</span>
              <Icon name="right" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
