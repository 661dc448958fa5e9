import { Alert, Button, Loader, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Preview, PreviewBody } from '../../../schemas/api/preview.ts';
import type { FieldKind } from '../../../schemas/logic.ts';
import { findVariables } from '../../../schemas/template-variables.ts';
import type { Variable } from '../../../schemas/variable.ts';
import { variableTypeWords } from '../../../schemas/wording/variable-types.ts';
import { useInteractions } from '../../api/interactions.ts';
import { usePreview } from '../../api/preview.ts';
import { MailHtml } from '../../pages/interactions/MailHtml.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { useEditor } from '../../state/useEditor.ts';
import { useFieldSurroundings } from '../FieldContext.ts';
import classes from './TemplateField.module.css';

/** A template of the form that is open. */
export interface PreviewedTemplate {
  title: string;
  kind: FieldKind;
  source: string;
}

/** Long enough to skip the letters of a word. */
const pauseMs = 250;

/** A button that shows the form's templates as a mail would fill them. */
export function TemplatePreview({ templates }: { templates: readonly PreviewedTemplate[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconEye size={15} />} w="fit-content" onClick={() => setIsOpen(true)}>
        Preview with a mail
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Preview" size="lg">
        <PreviewPane templates={templates} />
      </Modal>
    </>
  );
}

const sample = '';

function PreviewPane({ templates }: { templates: readonly PreviewedTemplate[] }) {
  const flow = useEditor((state) => state.history.flow.id);
  const { variables } = useFieldSurroundings();
  const { data: mails } = useInteractions({}, 50);
  const [mail, setMail] = useState<string | null>(null);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const items = mails?.pages.flatMap((page) => page.items) ?? [];
  // The newest mail is what people expect; before any came the made-up one stands in.
  const chosen = mail ?? items[0]?.id ?? sample;
  const read = useMemo(() => variablesIn(templates, variables), [templates, variables]);
  const body: PreviewBody = {
    ...(chosen === sample ? {} : { mail: { interaction: chosen } }),
    templates: templates.map(({ kind, source }) => ({ source, form: kind === 'html-template' ? 'html' : 'text' })),
    variables: read.map((each) => {
      const value = values[each.name];
      return value === undefined ? each : { ...each, initial: typedValue(each, value) };
    }),
  };
  const [asked] = useDebouncedValue(JSON.stringify(body), pauseMs);
  const preview = usePreview(flow, JSON.parse(asked));
  return (
    <Stack gap="md">
      <Select
        label="Mail"
        searchable
        allowDeselect={false}
        data={[
          ...items.map(({ id, subject, from }) => ({ value: id, label: `${subject || '(no subject)'} · ${from}` })),
          { value: sample, label: 'A made-up mail' },
        ]}
        value={chosen}
        onChange={(next) => next !== null && setMail(next)}
        nothingFoundMessage="None of the last 50 mails"
      />
      {read.map((variable) => (
        <TextInput
          key={variable.name}
          size="xs"
          label={`${variable.name} (${variableTypeWords[variable.type]})`}
          description="What the variable holds in this preview"
          value={values[variable.name] ?? startOf(variable)}
          onChange={({ currentTarget }) => setValues({ ...values, [variable.name]: currentTarget.value })}
        />
      ))}
      {preview.error !== null && <ErrorNote error={preview.error} title="No preview" onRetry={preview.refetch} />}
      {preview.data === undefined && preview.error === null && (
        <Loader size="sm" role="progressbar" aria-label="Making the preview" />
      )}
      {preview.data !== undefined &&
        templates.map((template, index) => (
          <Part key={template.title} template={template} item={preview.data.items[index]} />
        ))}
    </Stack>
  );
}

function Part({ template, item }: { template: PreviewedTemplate; item: Preview['items'][number] | undefined }) {
  return (
    <Stack gap={4} component="section" aria-label={template.title}>
      <Title order={3}>{template.title}</Title>
      {item?.error !== undefined && (
        <Alert color="red" p="xs">
          {item.error}
        </Alert>
      )}
      {item?.text !== undefined &&
        (template.kind === 'html-template' ? (
          <MailHtml html={item.text} />
        ) : (
          <div className={classes.preview}>
            {item.text === '' ? <Text c="var(--sluice-muted)">(nothing)</Text> : <bdi>{item.text}</bdi>}
          </div>
        ))}
    </Stack>
  );
}

/** The variables that the templates mention. */
function variablesIn(templates: readonly PreviewedTemplate[], variables: readonly Variable[]): Variable[] {
  const names = new Set(templates.flatMap(({ source }) => findVariables(source).map(({ name }) => name)));
  return variables.filter(({ name }) => names.has(name));
}

function startOf({ initial }: Variable): string {
  if (initial === undefined || initial === null) return '';
  return typeof initial === 'object' ? JSON.stringify(initial) : String(initial);
}

/** Lists and JSON are typed as JSON; until they are whole they are what the variable starts with. */
function typedValue({ type, initial }: Variable, text: string): unknown {
  if (type !== 'list' && type !== 'json') return text === '' ? undefined : text;
  try {
    return JSON.parse(text);
  } catch {
    return initial;
  }
}
