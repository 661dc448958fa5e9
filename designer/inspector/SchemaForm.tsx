import { Stack } from '@mantine/core';
import { memo } from 'react';
import type { Issue } from '../../schemas/issue.ts';
import { toPointer } from '../../schemas/json-pointer.ts';
import { type FieldKind, fieldKeyword, isTemplateKind } from '../../schemas/logic.ts';
import { ChoiceField, choicesOf } from '../fields/ChoiceField.tsx';
import { type Field, type FieldProps, keywordOf } from '../fields/field.ts';
import { fields } from '../fields/index.ts';
import { JsonTemplateField } from '../fields/JsonTemplateField.tsx';
import { NumberField } from '../fields/NumberField.tsx';
import { TextField } from '../fields/TextField.tsx';
import { type PreviewedTemplate, TemplatePreview } from '../fields/template/TemplatePreview.tsx';

interface SchemaFormProps {
  /** JSON Schema of an object. */
  schema: { properties: object; required?: readonly string[] };
  value: Readonly<Record<string, unknown>>;
  onChange: (setting: string, value: unknown) => void;
  /** JSON pointer of `value` in the document: which issues are whose. */
  path: string;
  issues: readonly Issue[];
}

/** A form made from a schema: an action type brings its settings and needs no form of its own. */
export const SchemaForm = memo(function SchemaForm({ schema, value, onChange, path, issues }: SchemaFormProps) {
  const previewed = previewedIn(schema.properties, value);
  return (
    <Stack gap="md">
      {Object.entries(schema.properties).map(([name, property]: [string, unknown]) => {
        if (!isSchema(property)) return null;
        const SettingField = fieldFor(property);
        const below = path + toPointer(name);
        return (
          <div key={name} data-setting={name}>
            <SettingField
              id={settingId(path, name)}
              label={textIn(property, 'title') ?? name}
              description={textIn(property, 'description')}
              value={value[name]}
              onChange={(next) => onChange(name, next)}
              isRequired={schema.required?.includes(name) ?? false}
              schema={property}
              path={below}
              settings={value}
              issues={issues.filter((issue) => issue.path === below || issue.path.startsWith(`${below}/`))}
            />
          </div>
        );
      })}
      {previewed.some(({ kind }) => kind === 'long-template') && <TemplatePreview templates={previewed} />}
    </Stack>
  );
});

/** The templates of the form that say something, in its order; those of a JSON body are not one text. */
function previewedIn(properties: object, value: Readonly<Record<string, unknown>>): PreviewedTemplate[] {
  return Object.entries(properties).flatMap(([name, property]: [string, unknown]) => {
    const source = value[name];
    if (!isSchema(property) || typeof source !== 'string' || source === '') return [];
    const kind = keywordOf(property, fieldKeyword);
    if (!isFieldKind(kind) || !isTemplateKind(kind)) return [];
    return [{ title: textIn(property, 'title') ?? name, kind, source }];
  });
}

function settingId(path: string, name: string): string {
  return `setting${toPointer(name)}-${path}`.replaceAll(/[^\w-]/g, '-');
}

function fieldFor(schema: FieldProps['schema']): Field {
  const kind = keywordOf(schema, fieldKeyword);
  if (isFieldKind(kind)) return fields[kind];
  const type = keywordOf(schema, 'type');
  if (type === 'string') return TextField;
  if (type === 'integer' || type === 'number') return NumberField;
  return choicesOf(schema).length > 0 ? ChoiceField : JsonTemplateField;
}

function isFieldKind(kind: unknown): kind is FieldKind {
  return typeof kind === 'string' && Object.hasOwn(fields, kind);
}

function isSchema(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function textIn(schema: FieldProps['schema'], keyword: string): string | undefined {
  const value = keywordOf(schema, keyword);
  return typeof value === 'string' ? value : undefined;
}
