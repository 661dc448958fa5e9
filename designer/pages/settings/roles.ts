import type { Role } from '../../../schemas/role.ts';

export const roleChoices: readonly { value: Role; label: string; may: string }[] = [
  { value: 'admin', label: 'Administrator', may: 'May do everything' },
  { value: 'designer', label: 'Designer', may: 'Draws and publishes flows, and works in queues' },
  { value: 'agent', label: 'Agent', may: 'Works in queues: claims, finishes, routes by hand' },
  { value: 'viewer', label: 'Viewer', may: 'Sees everything but settings, and changes nothing' },
];
