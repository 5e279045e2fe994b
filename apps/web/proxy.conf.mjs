// Development only: what the pages ask of /api goes on to the API, wherever it listens.
export default {
  '/api': { target: `http://127.0.0.1:${process.env.API_PORT ?? '3000'}`, secure: false },
};
