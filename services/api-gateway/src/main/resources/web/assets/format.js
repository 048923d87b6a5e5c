/** Numbers, times and sizes as people read them, in the language of their settings. */

import { session } from './session.js';

function locale() {
  try {
    return Intl.getCanonicalLocales(session.settings?.language ?? [])[0];
  } catch {
    return undefined; // Not a language tag: the browser's own.
  }
}

/** 75 is 1:15, 3675 is 1:01:15. */
export function duration(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The seconds that "90", "1:30", "90s" and "1h2m3s" say; 0 for what says none. */
export function seconds(text) {
  const clock = /^(?:(?:(\d+):)?(\d+):)?(\d+)$/.exec(text ?? '') ?? /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text ?? '');
  const [hours, minutes, rest] = clock?.slice(1).map((part) => Number(part ?? 0)) ?? [0, 0, 0];
  return hours * 3600 + minutes * 60 + rest;
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 days ago". Empty for what is no date. */
export function ago(date) {
  const seconds = (Date.now() - new Date(date).getTime()) / 1000;
  if (Number.isNaN(seconds)) return '';
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? [];
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  return unit ? words.format(-Math.floor(seconds / size), unit) : words.format(0, 'second');
}

/** "23 November 2025, 20:25". Empty for what is no date. */
export function day(date) {
  const moment = new Date(date);
  if (Number.isNaN(moment.getTime())) return '';
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(moment);
}

/** "23 November 2025, 20:25:03". Empty for what is no date. */
export function toTheSecond(date) {
  const moment = new Date(date);
  if (Number.isNaN(moment.getTime())) return '';
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'medium' }).format(moment);
}

/** Bytes in decimal units, as operating systems show a file's size. */
export function size(bytes) {
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][Math.min(3, Math.floor(Math.log10(bytes || 1) / 3))];
  const scale = { byte: 1, kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[unit];
  const format = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: scale > 1e3 ? 1 : 0 };
  return new Intl.NumberFormat(locale(), format).format(bytes / scale);
}

/** "about 2 min". */
export function remaining(seconds) {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 360) / 10} h`;
}

/** "in 12 seconds", "in 3 minutes": when to come again. */
export function wait(seconds) {
  const [number, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `in ${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** "1 video", "12 videos"; "about 40,000 videos" for an estimate. */
export function count(number, one, many, exact) {
  return `${exact === false ? 'about ' : ''}${new Intl.NumberFormat(locale()).format(number)} ${number === 1 ? one : many}`;
}

/** "1,234", "0.4". */
export function number(value) {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
}

/** "42 %", of a part from 0 to 1. */
export function percent(part) {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(part);
}

/** Further than this no page of a list is asked for by its number. */
const FURTHEST = 10_000;

/** How many pages of a list can be turned to. */
export function lastPage(total, size) {
  return Math.min(Math.ceil(total / size), Math.floor(FURTHEST / size));
}
