import { useCreateList, useLists } from '../../api/lists.ts';
import { useMay } from '../../api/session.ts';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';
import { formatCount } from '../../shell/format.ts';
import { EntryPicker, type PickerProps } from './EntryPicker.tsx';

/** A named list; a new one is made on the spot, with `values` in it where some are at hand. */
export function ListPicker({ values = [], ...props }: PickerProps & { values?: readonly string[] }) {
  const lists = useLists().data?.items ?? [];
  const create = useCreateList();
  const mayCreate = useMay('draw');
  return (
    <EntryPicker
      {...props}
      noun="list"
      entries={lists.map(({ id, name, description, count }) => ({
        id,
        name,
        detail: [`${formatCount(count)} values`, description].filter(Boolean).join(' · '),
      }))}
      create={
        mayCreate
          ? ({ startName, onClose, onCreated }) => (
              <EntryDialog
                noun="list"
                opened
                onClose={onClose}
                startName={startName}
                taken={lists.map(({ id }) => id)}
                save={(words) =>
                  create.mutate({ ...words, values: [...values] }, { onSuccess: ({ id }) => onCreated(id) })
                }
                saving={create}
              />
            )
          : undefined
      }
    />
  );
}
