import type { CasePriority, InteractionLogInput } from '@shared/graphql/graphql';

export const dispositions = ['solved', 'handed_over', 'call_back', 'no_answer_needed'] as const;
export const priorities = ['LOW', 'NORMAL', 'HIGH', 'EMERGENCY'] as const;

export interface LogDraft {
  wrapUpCode: string;
  disposition: string;
  note: string;
  /** Id of an open case, or one of the two words. */
  attach: '' | 'new' | 'none' | (string & {});
  type: string;
  subject: string;
  text: string;
  priority: CasePriority;
}
export type LogField = keyof LogDraft;

export const emptyDraft: LogDraft = {
  wrapUpCode: '',
  disposition: '',
  note: '',
  attach: '',
  type: '',
  subject: '',
  text: '',
  priority: 'NORMAL',
};

const always: LogField[] = ['wrapUpCode', 'disposition', 'note', 'attach'];
const ofNewCase: LogField[] = ['type', 'subject', 'text'];

/** Required answers still missing, in the order they stand on the screen. */
export function missingFields(draft: LogDraft): LogField[] {
  const required = draft.attach === 'new' ? [...always, ...ofNewCase] : always;
  return required.filter((field) => draft[field].trim() === '');
}

export function toInput(draft: LogDraft, interactionId: string, customerId: string | undefined): InteractionLogInput {
  const { wrapUpCode, disposition, note, attach, type, subject, text, priority } = draft;
  const log = { interactionId, customerId, wrapUpCode, disposition, note: note.trim() };
  if (attach === 'new') return { ...log, newCase: { type, subject: subject.trim(), text: text.trim(), priority } };
  return attach === 'none' ? log : { ...log, caseId: attach };
}

/** The field of the form that a server's remark such as `newCase.subject` is about. */
export function fieldOf(path: string | null | undefined): LogField | undefined {
  const last = path?.split('.').at(-1);
  if (last === 'caseId') return 'attach';
  return (Object.keys(emptyDraft) as LogField[]).find((field) => field === last);
}
