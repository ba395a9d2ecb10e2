/** What references are made of: 32 letters and digits that nobody takes for another. */
export const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
