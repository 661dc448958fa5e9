import type { RouteForm } from './route-form.ts';

export interface RouteFieldsProps {
  form: RouteForm;
  onChange: (part: Partial<RouteForm>) => void;
}
