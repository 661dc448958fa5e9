import { Modal, type ModalProps } from '@mantine/core';
import { useKeyboardBack } from './useKeyboardBack.ts';

/** A dialog that is there only while it is open. Afterwards the keyboard is where it was before. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useKeyboardBack();
  return <Modal opened {...props} />;
}
