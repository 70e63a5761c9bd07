/** The project's App ID and App Certificate, from the environment; without them the program exits with a message. */
import process from "node:process";

/** Reads the credentials. */
export function credentials(): [appId: string, appCertificate: string] {
  const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = process.env;
  if (appId && appCertificate) return [appId, appCertificate];
  console.error("Need to set environment variable AGORA_APP_ID and AGORA_APP_CERTIFICATE");
  process.exit(1);
}
