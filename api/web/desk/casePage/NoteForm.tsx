import { Button, Textarea } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Notice } from '@shared/ui/Notice';
import { Trouble } from '@shared/ui/Trouble';
import { type FormEvent, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { useDraft } from '../contact/useDraft';
import { useMe } from '../session';
import { caseMessages } from './messages';
import { CaseNoteDocument } from './query';

export function NoteForm({ utility, caseId, onSaved }: { utility: string; caseId: string; onSaved: () => void }) {
  const t = useText(caseMessages);
  const me = useMe();
  const [draft, change, clear] = useDraft(`${me.id}.${utility}.${caseId}.note`, { text: '' });
  const [save, running] = useKeyedMutation(CaseNoteDocument);
  const [missing, setMissing] = useState(false);
  const [saved, setSaved] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const box = useRef<HTMLTextAreaElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const text = draft.text.trim();
    setMissing(text === '');
    setSaved(false);
    if (text === '') return box.current?.focus();
    const { data, error } = await save({ input: { caseId, text } });
    const refused = data?.caseNote?.userErrors[0];
    setTrouble(error);
    setRefusal(refused?.message);
    if (!data?.caseNote || refused) return;
    change({ text: '' });
    clear();
    setSaved(true);
    onSaved();
  }
  return (
    <form onSubmit={submit} noValidate>
      <h2>{t('addNote')}</h2>
      <Textarea
        ref={box}
        label={t('note')}
        autosize
        minRows={3}
        value={draft.text}
        error={missing && t('missingNote')}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      {refusal && (
        <Notice tone="warn" title={refusal}>
          {t('refusalHelp')}
        </Notice>
      )}
      {trouble && <Trouble error={trouble} asked="write" />}
      {saved && <Notice tone="ok" title={t('noteSaved')} />}
      <Button type="submit" variant="ink" aria-disabled={running}>
        {t('saveNote')}
      </Button>
    </form>
  );
}
