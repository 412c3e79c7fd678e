import { Button, Textarea } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { type FormEvent, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { useDraft } from '../contact/useDraft';
import { useMe } from '../session';
import type { CaseData } from './CasePage';
import { caseMessages } from './messages';
import { CaseCloseDocument } from './query';

interface CloseFormProps {
  utility: string;
  kase: CaseData;
  onChanged: () => void;
}

/** Closes the version that was read. When another one exists, its history comes beside the kept text. */
export function CloseForm({ utility, kase, onChanged }: CloseFormProps) {
  const t = useText(caseMessages);
  const me = useMe();
  const [draft, change, clear] = useDraft(`${me.id}.${utility}.${kase.id}.close`, { text: '' });
  const [close, running] = useKeyedMutation(CaseCloseDocument);
  const [missing, setMissing] = useState(false);
  const [staleVersion, setStaleVersion] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const box = useRef<HTMLTextAreaElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const resolution = draft.text.trim();
    setMissing(resolution === '');
    if (resolution === '') return box.current?.focus();
    const { data, error } = await close({ input: { caseId: kase.id, version: kase.version, resolution } });
    const refused = data?.caseClose?.userErrors[0];
    const stale = refused?.code === 'STALE';
    setTrouble(error);
    setStaleVersion(stale ? kase.version : undefined);
    setRefusal(stale ? undefined : refused?.message);
    if (!data?.caseClose || (refused && !stale)) return;
    if (!stale) clear();
    onChanged();
  }
  return (
    <form onSubmit={submit} noValidate>
      <h2>{t('close')}</h2>
      {staleVersion !== undefined && staleVersion !== kase.version && (
        <Notice tone="warn" title={t('stale')}>
          {t('staleHelp', { mine: staleVersion, theirs: kase.version })}
        </Notice>
      )}
      <Textarea
        ref={box}
        label={t('resolution')}
        autosize
        minRows={2}
        value={draft.text}
        error={missing && t('missingResolution')}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      {refusal && (
        <Notice tone="warn" title={refusal}>
          {t('refusalHelp')}
        </Notice>
      )}
      {trouble && <Trouble error={trouble} asked="write" />}
      <Button type="submit" variant="brand" aria-disabled={running}>
        {t('close')}
      </Button>
    </form>
  );
}
