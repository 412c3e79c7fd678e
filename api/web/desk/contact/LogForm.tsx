import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useKeyedMutation } from '@shared/api/useKeyedMutation';
import { useText } from '@shared/i18n';
import { Choice } from '@shared/ui/Choice';
import { uiMessages } from '@shared/ui/messages';
import { Notice } from '@shared/ui/Notice';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type CombinedError, useQuery } from 'urql';
import { Key } from '../keys/Key';
import { useShortcuts } from '../keys/useShortcuts';
import { type Utility, useMe } from '../session';
import type { CardData, Interaction } from './ContactPage';
import {
  dispositions,
  emptyDraft,
  fieldOf,
  type LogDraft,
  type LogField,
  missingFields,
  priorities,
  toInput,
} from './logDraft';
import { contactMessages } from './messages';
import { ContactFormDocument, InteractionLogDocument } from './query';
import { useDraft } from './useDraft';

interface LogFormProps {
  utility: Utility;
  card: CardData;
  interaction: Interaction;
  focusFirst: boolean;
  onLogged: () => void;
}
interface Logged {
  case?: { id: string; number: string };
  isNew: boolean;
}

export function LogForm({ utility, card, interaction, focusFirst, onLogged }: LogFormProps) {
  const t = useText(contactMessages);
  const [logged, setLogged] = useState<Logged>();
  const language = card.customer?.language ?? utility.languages[0];
  const [{ data, error }, ask] = useQuery({ query: ContactFormDocument, variables: { language } });

  if (logged) return <Result utility={utility} logged={logged} />;
  const closed = interaction.state === 'CLOSED' || interaction.state === 'ABANDONED';
  if (closed || !interaction.mine) {
    return (
      <section className="col formcol" aria-label={t('log')}>
        <Notice tone="info" title={t(closed ? 'alreadyClosed' : 'notMine')}>
          {t(closed ? 'alreadyClosedHelp' : 'notMineHelp')}
        </Notice>
      </section>
    );
  }
  if (!data) {
    return (
      <section className="col formcol" aria-label={t('log')}>
        {error ? (
          <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <Skeleton lines={6} />
        )}
      </section>
    );
  }
  return (
    <section className="col formcol" aria-label={t('log')}>
      <blockquote className="script" lang={language} aria-label={t('greeting')}>
        {data.tenant.greeting}
      </blockquote>
      {interaction.state === 'WRAP_UP' && (
        <Notice tone="info" title={t('hungUp')}>
          {t('hungUpHelp')}
        </Notice>
      )}
      <Form
        card={card}
        interaction={interaction}
        utility={utility.key}
        wrapUpCodes={data.wrapUpCodes}
        caseTypes={data.caseTypes}
        focusFirst={focusFirst}
        onLogged={(result) => {
          setLogged(result);
          onLogged();
        }}
      />
    </section>
  );
}

interface Label {
  key: string;
  label: string;
}
interface FormProps {
  card: CardData;
  interaction: Interaction;
  utility: string;
  wrapUpCodes: readonly Label[];
  caseTypes: readonly Label[];
  focusFirst: boolean;
  onLogged: (logged: Logged) => void;
}
type Remarks = Partial<Record<LogField, string>>;

const options = (labels: readonly Label[], none: string) => [
  { value: '', label: none },
  ...labels.map(({ key, label }) => ({ value: key, label })),
];

function Form({ card, interaction, utility, wrapUpCodes, caseTypes, focusFirst, onLogged }: FormProps) {
  const t = useText(contactMessages);
  const ui = useText(uiMessages);
  const me = useMe();
  const [draft, change, clearDraft] = useDraft<LogDraft>(`${me.id}.${utility}.${interaction.id}`, emptyDraft);
  const [log, running] = useKeyedMutation(InteractionLogDocument);
  const [remarks, setRemarks] = useState<Remarks>({});
  const [refusal, setRefusal] = useState<string>();
  const [trouble, setTrouble] = useState<CombinedError>();
  const form = useRef<HTMLFormElement>(null);
  const missing = missingFields(draft);

  function focusOn(field: LogField | undefined) {
    const input = form.current?.querySelector<HTMLElement>(`[name="${field}"]:checked, [name="${field}"]`);
    input?.focus();
  }
  useEffect(() => {
    if (focusFirst) form.current?.querySelector<HTMLElement>('[name]')?.focus();
  }, [focusFirst]);
  useShortcuts({
    save: () => form.current?.requestSubmit(),
    nextMissing: () => focusOn(missing[0]),
  });

  const set = (field: LogField) => (value: string) => {
    change({ [field]: value });
    setRemarks(({ [field]: _answered, ...others }) => others);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setRefusal(undefined);
    setTrouble(undefined);
    setRemarks(Object.fromEntries(missing.map((field) => [field, t(`missing.${requiredName(field)}`)])));
    if (missing.length) return focusOn(missing[0]);
    const { data, error } = await log({ input: toInput(draft, interaction.id, card.customer?.id) });
    const answer = data?.interactionLog;
    if (!answer) return setTrouble(error);
    if (answer.userErrors.length) {
      const placed = answer.userErrors.filter(({ field }) => fieldOf(field));
      setRemarks(Object.fromEntries(placed.map(({ field, message }) => [fieldOf(field), message])));
      setRefusal(answer.userErrors.find(({ field }) => !fieldOf(field))?.message);
      return focusOn(fieldOf(placed[0]?.field));
    }
    clearDraft();
    onLogged({ case: answer.case ?? undefined, isNew: draft.attach === 'new' });
  }

  const open = card.cases.filter(({ state }) => state !== 'CLOSED');
  return (
    <form ref={form} className="log" onSubmit={submit} noValidate>
      <div className="fields">
        <h2>{t('log')}</h2>
        <div className="pair">
          <NativeSelect
            name="wrapUpCode"
            label={t('wrapUpCode')}
            required
            data={options(wrapUpCodes, t('choose'))}
            value={draft.wrapUpCode}
            error={remarks.wrapUpCode}
            onChange={(event) => set('wrapUpCode')(event.currentTarget.value)}
          />
          <Choice
            name="disposition"
            legend={t('disposition')}
            options={dispositions.map((key) => ({ value: key, label: t(`disposition.${key}`) }))}
            value={draft.disposition}
            error={remarks.disposition}
            onChange={set('disposition')}
          />
        </div>
        <Textarea
          name="note"
          label={t('note')}
          description={t('noteHelp')}
          required
          autosize
          minRows={2}
          value={draft.note}
          error={remarks.note}
          onChange={(event) => set('note')(event.currentTarget.value)}
        />
        <Choice
          name="attach"
          legend={t('attach')}
          options={[
            ...open.map(({ id, number, typeLabel }) => ({ value: id, label: `${number} ${typeLabel}` })),
            { value: 'new', label: t('attach.new') },
            { value: 'none', label: t('attach.none') },
          ]}
          value={draft.attach}
          error={remarks.attach}
          onChange={set('attach')}
        />
        {draft.attach === 'new' && (
          <fieldset className="newcase">
            <legend>{t('attach.new')}</legend>
            <div className="pair">
              <NativeSelect
                name="type"
                label={t('type')}
                required
                data={options(caseTypes, t('choose'))}
                value={draft.type}
                error={remarks.type}
                onChange={(event) => set('type')(event.currentTarget.value)}
              />
              <Choice
                name="priority"
                legend={t('priority')}
                options={priorities.map((key) => ({ value: key, label: ui(`priority.${key}`) }))}
                value={draft.priority}
                error={remarks.priority}
                onChange={set('priority')}
              />
            </div>
            <TextInput
              name="subject"
              label={t('subject')}
              required
              value={draft.subject}
              error={remarks.subject}
              onChange={(event) => set('subject')(event.currentTarget.value)}
            />
            <Textarea
              name="text"
              label={t('text')}
              required
              autosize
              minRows={2}
              value={draft.text}
              error={remarks.text}
              onChange={(event) => set('text')(event.currentTarget.value)}
            />
          </fieldset>
        )}
        <p className="after q2">{t(draft.attach === 'new' ? 'after.new' : 'after.log')}</p>
        {refusal && (
          <Notice tone="warn" title={refusal}>
            {t('refusalHelp')}
          </Notice>
        )}
        {trouble && <Trouble error={trouble} asked="write" onRetry={() => form.current?.requestSubmit()} />}
      </div>
      <footer className="bar">
        <span className="q2 sp">
          {missing.length > 0 && (
            <>
              {t('missingCount', { count: missing.length })} <Key of="nextMissing" />
            </>
          )}
        </span>
        <Button type="submit" variant="brand" size="xs" aria-disabled={running}>
          {t(running ? 'saving' : 'save')}
          <Key of="save" />
        </Button>
      </footer>
    </form>
  );
}

const requiredNames = ['wrapUpCode', 'disposition', 'note', 'attach', 'type', 'subject', 'text'] as const;
const requiredName = (field: LogField) => requiredNames.find((name) => name === field) ?? 'note';

function Result({ utility, logged }: { utility: Utility; logged: Logged }) {
  const t = useText(contactMessages);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { case: kase, isNew } = logged;
  return (
    <section className="col formcol result" aria-label={t('log')}>
      <h2 ref={heading} tabIndex={-1}>
        {kase ? t(isNew ? 'result.opened' : 'result.attached', { number: kase.number }) : t('result.logged')}
      </h2>
      <p>{t(isNew ? 'resultNext.opened' : 'resultNext.logged')}</p>
      <ul className="next">
        {kase && (
          <li>
            <Link to={`/case/${utility.key}/${encodeURIComponent(kase.id)}`}>
              {t('result.show', { number: kase.number })}
            </Link>
          </li>
        )}
        <li>
          <Link to="/">{t('result.desk')}</Link>
        </li>
      </ul>
    </section>
  );
}
