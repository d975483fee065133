/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  typedRoutes: true,
  reactStrictMode: true,
  serverExternalPackages: ["pg", "pino", "better-auth"],
  experimental: { authInterrupts: true },
};

export default config;
