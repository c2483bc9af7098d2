// Vectors are arrays and matrices arrays of rows.

/** f(x, y, …) for every element of arrays of one shape; f(x, y, …) itself for numbers. */
export const each = (f, ...xs) => (Array.isArray(xs[0]) ? xs[0].map((_, i) => each(f, ...xs.map(x => x[i]))) : f(...xs));
export const plus = (...xs) => each((...terms) => sum(terms), ...xs);
export const times = (...xs) => each((...factors) => factors.reduce((x, y) => x * y), ...xs);
export const sum = xs => xs.reduce((x, y) => x + y, 0);
export const dot = (x, y) => sum(times(x, y));
export const transpose = A => A[0].map((_, j) => A.map(row => row[j]));
export const matmul = (A, B) => A.map(row => transpose(B).map(column => dot(row, column)));
export const zeros = x => each(() => 0, x);
/** x A + b for every row x. */
export const affine = (X, A, b) => matmul(X, A).map(row => plus(row, b));
/** Σ_t X_tᵀ Y_t, which a matrix gets that turns every X_t into what gets Y_t. */
export const products = (Xs, Ys) => plus(...Xs.map((X, t) => matmul(transpose(X), Ys[t])));
/** The parts of this name of all steps. */
export const over = (steps, name) => steps.map(step => step[name]);
