/** Letters and digits that nobody takes for each other: no 0, 1, I or O. 32 of them. */
export const CLEAR_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
