import { hkdfSync } from "node:crypto";
import type { Server } from "node:http";
import path from "node:path";
import { type Env, EnvError, readEnv } from "#env";
import { createLog } from "#lib/log";
import { portOf, takeOver } from "./dev-port.ts";
import { routeConsoleTo } from "./web-console.ts";
import { createGuard } from "./web-guard.ts";
import { type Answer, createWebServer } from "./web-server.ts";

type Options = { isDev: boolean; takesOverPort: boolean; env: Env };

export type Web = { url: string; close(): Promise<void> };

const root = path.dirname(import.meta.dirname);
/** How long what is being answered may take to finish; a developer who pressed Ctrl-C waits for nothing. */
const closeWithinMs = { production: 5_000, development: 200 };

/** Starts the web process's server; resolves once it answers pages. */
async function startWeb({ isDev, takesOverPort, env }: Options): Promise<Web> {
  keepActionKeyStable(env.AUTH_SECRET);
  const guard = createGuard({ isDev, appUrl: env.APP_URL, trustedProxies: env.TRUSTED_PROXIES });
  let open: (answer: Answer) => void = () => {};
  const opened = new Promise<Answer>((resolve) => {
    open = resolve;
  });
  const { server, close } = createWebServer(guard, async (request, response) => (await opened)(request, response));
  await (takesOverPort ? takeOver(server) : listen(server, env));
  const port = portOf(server);

  // Loaded only now: Next reads NODE_ENV and the key when it is loaded.
  const { default: next } = await import("next");
  const app = next({ dev: isDev, dir: root, hostname: env.HOST, port, httpServer: server });
  await app.prepare();
  open(app.getRequestHandler());
  return {
    url: `http://${env.HOST}:${port}`,
    async close() {
      await close(isDev ? closeWithinMs.development : closeWithinMs.production);
      await app.close();
    },
  };
}

/** One key on all instances and over restarts, or a form opened before a restart could not be sent after it. */
function keepActionKeyStable(secret: string) {
  const key = () => Buffer.from(hkdfSync("sha256", secret, "", "server actions", 32)).toString("base64");
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= key();
}

function listen(server: Server, { PORT, HOST }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      reject(isTaken ? new StartError(`Port ${PORT} of ${HOST} is in use. Set PORT to another one.`) : error);
    });
    server.listen(PORT, HOST, resolve);
  });
}

/** Something whoever starts the process can put right. */
class StartError extends Error {
  override name = "StartError";
}

function readWebEnv(isDev: boolean): Env {
  try {
    return readEnv({ ...process.env, NODE_ENV: isDev ? "development" : "production" });
  } catch (error) {
    throw error instanceof EnvError ? new StartError(error.problems.map((line) => `- ${line}`).join("\n")) : error;
  }
}

async function main() {
  const isDev = process.argv.includes("--dev");
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  // Next and React are read in the mode that is meant, whatever the shell says.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production" });
  const env = readWebEnv(isDev);
  const log = createLog({ name: "web", level: env.LOG_LEVEL });
  if (!isDev) {
    routeConsoleTo(log);
  }
  const web = await startWeb({ isDev, takesOverPort: process.argv.includes("--take-over-port"), env });
  log.info({ url: web.url, appUrl: env.APP_URL }, "the web process answers");

  let isStopping = false;
  const stop = async (reason: string) => {
    if (isStopping) {
      return;
    }
    isStopping = true;
    log.info({ reason }, "the web process stops");
    await web.close();
    process.exit(0);
  };
  // Whoever started it as a child, and is gone without a word, is missed as well.
  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) {
    process.on(event, () => void stop(event));
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  await main().catch((error) => {
    process.stderr.write(
      error instanceof StartError ? `The web process cannot start:\n${error.message}\n` : `${error.stack}\n`,
    );
    process.exit(1);
  });
}
