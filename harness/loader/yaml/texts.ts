import { z } from 'zod';

export const text = z.string();

export const line = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .regex(/^[^\n]*$/, 'must be one line');

/** A file name, without folders. */
export const fileName = z.string().regex(/^[^\\/:*?"<>|\s][^\\/:*?"<>|]*$/, 'must be a file name, without folders');
