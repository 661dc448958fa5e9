import { Input, Textarea } from '@mantine/core';
import { lazy, Suspense, useMemo, useRef } from 'react';
import { errorOf } from '../error-of.tsx';
import { useFieldSurroundings } from '../FieldContext.ts';
import type { FieldProps } from '../field.ts';
import { ScopeMenu } from '../ScopeMenu.tsx';
import { scopeChoices } from '../scope-menu.ts';
import classes from './TemplateField.module.css';
import { marksOf } from './template-marks.ts';
import type { Writing } from './writing.ts';

/** Its editor is as large as half of the page: it comes when the first template is looked at. */
const CodeEditor = lazy(() => import('./CodeEditor.tsx'));

/** A line of text with places that are filled from the mail. */
export function TemplateField(props: FieldProps) {
  return <Template {...props} isLong={false} />;
}

/** The same over several lines. */
export function LongTemplateField(props: FieldProps) {
  return <Template {...props} isLong />;
}

function Template(props: FieldProps & { isLong: boolean }) {
  const { id, label, description, value, onChange, isRequired, issues, isLong } = props;
  const { variables, isReadOnly } = useFieldSurroundings();
  const insert = useRef<((text: string) => void) | null>(null);
  const writing = useRef<Writing | null>(null);
  const text = typeof value === 'string' ? value : '';
  const change = (next: string) => onChange(next === '' && !isRequired ? undefined : next);
  const pick = (path: string) => {
    const place = `{{ ${path} }}`;
    if (insert.current === null) change(text + place);
    else insert.current(place);
  };
  const marks = useMemo(() => marksOf(text, issues), [text, issues]);
  const offers = useMemo(() => scopeChoices(variables), [variables]);
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={label}
      description={description}
      withAsterisk={isRequired}
      error={errorOf(issues)}
      className={classes.root ?? ''}
    >
      <Suspense
        fallback={
          <Textarea
            aria-label={label}
            value={text}
            autosize
            minRows={isLong ? 5 : 1}
            maxRows={18}
            readOnly={isReadOnly}
            onChange={({ currentTarget }) => change(currentTarget.value)}
            onSelect={({ currentTarget }) => {
              writing.current = { caret: currentTarget.selectionEnd, asksForOffers: false };
            }}
            onKeyDown={({ key, ctrlKey, currentTarget }) => {
              if (key === ' ' && ctrlKey) writing.current = { caret: currentTarget.selectionEnd, asksForOffers: true };
            }}
            onBlur={() => {
              writing.current = null;
            }}
          />
        }
      >
        <CodeEditor
          label={label}
          value={text}
          onChange={change}
          isLong={isLong}
          isReadOnly={isReadOnly}
          isInvalid={issues.some(({ severity }) => severity === 'error')}
          marks={marks}
          offers={offers}
          insertRef={insert}
          writingRef={writing}
        />
      </Suspense>
      <div className={classes.menu}>
        <ScopeMenu onPick={pick} label={`Insert a value into ${label}`} />
      </div>
    </Input.Wrapper>
  );
}
