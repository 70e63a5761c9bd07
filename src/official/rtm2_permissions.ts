import { RTM2_PERMISSIONS, RTM2_RESOURCES } from "../formats/access_token2/services.ts";

/**
 * Permissions of an RTM2 token for single resources.
 *
 * Source: npm agora-token 2.0.6, `src/AccessToken2.js`.
 */
export class Rtm2Permissions {
  /** The message channels. */
  static readonly kMessageChannels: number = RTM2_RESOURCES.messageChannels!;
  /** The stream channels. */
  static readonly kStreamChannels: number = RTM2_RESOURCES.streamChannels!;
  /** The group channels. */
  static readonly kGroupChannels: number = RTM2_RESOURCES.groupChannels!;
  /** The server groups. */
  static readonly kServerGroups: number = RTM2_RESOURCES.serverGroups!;
  /** The users. */
  static readonly kUsers: number = RTM2_RESOURCES.users!;
  /** Reading. */
  static readonly kRead: number = RTM2_PERMISSIONS.read!;
  /** Writing. */
  static readonly kWrite: number = RTM2_PERMISSIONS.write!;

  /** The names, by resource type and permission type. */
  details: { [resourceType: number]: { [permissionType: number]: string[] } } = {};

  /**
   * Sets the names for a resource type and a permission type; names set before are replaced.
   *
   * @param resourceType One of the constants `kMessageChannels` … `kUsers`, or another number from 0 to 65,535.
   * @param permissionType `kRead`, `kWrite`, or another number from 0 to 65,535.
   * @param resources The names, each at most 65,535 bytes of UTF-8. They are checked when the token is built.
   */
  add(resourceType: number, permissionType: number, resources: Iterable<string>): void {
    (this.details[resourceType] ??= {})[permissionType] = Array.from(resources);
  }
}
