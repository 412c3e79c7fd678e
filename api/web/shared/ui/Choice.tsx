import { useId } from 'react';
import { Icon } from './Icon';

interface ChoiceProps {
  name: string;
  legend: string;
  options: readonly { value: string; label: string }[];
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

/** Real radios drawn as one row of segments: one tab stop, arrows move, the chosen one carries a tick. */
export function Choice({ name, legend, options, value, error, onChange }: ChoiceProps) {
  const errorId = useId();
  return (
    <fieldset className="choice" aria-describedby={error && errorId} aria-invalid={error ? true : undefined}>
      <legend>
        {legend} <span aria-hidden="true">*</span>
      </legend>
      <div className={error ? 'seg bad' : 'seg'}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              required
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <Icon name="check" size="s" />
            {option.label}
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} className="fielderror">
          {error}
        </p>
      )}
    </fieldset>
  );
}
