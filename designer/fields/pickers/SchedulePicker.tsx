import { useCreateSchedule, useSchedules } from '../../api/schedules.ts';
import { useMay } from '../../api/session.ts';
import { newSchedule } from '../../pages/schedules/new-schedule.ts';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';
import { EntryPicker, type PickerProps } from './EntryPicker.tsx';

/** A schedule; a new one begins with office hours and is made on the spot. */
export function SchedulePicker(props: PickerProps) {
  const schedules = useSchedules().data?.items ?? [];
  const create = useCreateSchedule();
  const mayCreate = useMay('draw');
  return (
    <EntryPicker
      {...props}
      noun="schedule"
      entries={schedules.map(({ id, name, timeZone, isOpen }) => ({
        id,
        name,
        detail: `${isOpen ? 'open now' : 'closed now'} · ${timeZone}`,
      }))}
      create={
        mayCreate
          ? ({ startName, onClose, onCreated }) => (
              <EntryDialog
                noun="schedule"
                opened
                onClose={onClose}
                startName={startName}
                taken={schedules.map(({ id }) => id)}
                save={(words) => create.mutate(newSchedule(words), { onSuccess: ({ id }) => onCreated(id) })}
                saving={create}
              />
            )
          : undefined
      }
    />
  );
}
