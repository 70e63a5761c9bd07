// Names that samples, guides and people give to channels and users, and that are tried for the checksums of a 006. In the order in
// which they are tried; numbers are tried besides.

/** The names of channels and users that are tried first. */
export const OBVIOUS_NAMES: readonly string[] = /* @__PURE__ */ names([
  // What samples and guides call a channel
  "test demo channel testChannel test_channel test-channel testchannel TestChannel Test test1 test2 test123 test_room",
  "channelName channel_name channel-name yourChannelName your_channel_name your-channel-name mychannel myChannel",
  "my-channel my_channel channel1 channel2 channel-1 channel_1 channelA channelB channelTest demoChannel demo_channel",
  "demo-channel demo1 Demo sample sampleChannel sample_channel example exampleChannel example-channel agora Agora agora-test",
  "agoraTest agora_test agoraChannel agora-channel agora_demo agora-demo quickstart tutorial hello helloWorld helloworld",
  "hello-world temp tmp default foo bar foobar baz abc abcd xyz qwerty asdf 7d72365eb983485397e3e3f9d460bdda",
  // What people call one
  "lobby room rooms room1 room2 room3 room-1 room_1 room-2 Room Room1 myroom myRoom my-room my_room testroom testRoom",
  "test-room roomName room_name room-name roomId room_id main general public private global home hall chat chatroom",
  "chat-room live livestream live-stream live1 stream stream1 stage broadcast audio video voice videocall video-call",
  "call call1 meeting meeting1 conference class class1 classroom lesson webinar event game party group group1 team",
  "support interview consultation a b c x A B C cname chan ch1 dev development staging prod production local",
  // Users
  "2882341273", // the uids of the official samples
  "2882341274",
  "2082341273",
  "4294967295", // of the echo test
  "user user1 user2 user3 user-1 user_1 userA userB userId user_id uid username userName testuser testUser test_user",
  "test-user alice bob carol dave eve john jane peter tom Alice Bob admin administrator host guest guest1 owner",
  "publisher subscriber broadcaster audience speaker listener viewer teacher student doctor patient caller callee",
  "agent bot recorder recording client server anonymous me account myAccount test_account me1 tony lily mike",
  // What programs write where a value is not set
  "undefined null NaN None nil nobody false true Infinity -1 string String int * channel_id your_uid",
], [
  "[object Object]",
  "[object Promise]",
  "test channel",
  "my channel",
  "Your channel name",
  "<Your channel name>",
  "Channel name",
]);

/** A list of lines of names without spaces, and of names with spaces. */
function names(lines: readonly string[], withSpaces: readonly string[]): string[] {
  return [...lines.flatMap((line) => line.split(" ")), ...withSpaces];
}
