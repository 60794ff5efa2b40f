import { Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { SandboxError } from './sandboxError.ts';

/** The address that everything of the sandbox listens on. */
export const LOOPBACK = '127.0.0.1';

/** @throws SandboxError naming the port when another program holds it. */
export async function assertFree(port: number): Promise<void> {
  const probe = createTcpServer();
  await listen(probe, port);
  await closeServer(probe);
}

/** Listens on the loopback only: nothing of the sandbox is reachable from another machine. */
export async function listen(server: TcpServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error);
      else
        reject(
          new SandboxError(
            `Port ${port} is taken by another program. Free it, or choose other ports with --port.`,
          ),
        );
    });
    server.listen(port, LOOPBACK, () => resolve());
  });
}

/** Ends the server, and the connections that are left. */
export async function closeServer(server: TcpServer): Promise<void> {
  if (server instanceof HttpServer) server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
