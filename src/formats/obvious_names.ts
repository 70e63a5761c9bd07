// Names that samples, guides and people give to channels and users, and that are tried for the checksums of a 006. In the order in
// which they are tried; numbers are tried besides.

/** The names of channels and users that are tried first. */
export const OBVIOUS_NAMES: readonly string[] = [
  // What samples and guides call a channel
  ..."test demo channel testChannel test_channel test-channel testchannel TestChannel Test test1 test2 test123 test_room".split(
    " ",
  ),
  ..."channelName channel_name channel-name yourChannelName your_channel_name your-channel-name mychannel myChannel".split(" "),
  ..."my-channel my_channel channel1 channel2 channel-1 channel_1 channelA channelB channelTest demoChannel demo_channel".split(
    " ",
  ),
  ..."demo-channel demo1 Demo sample sampleChannel sample_channel example exampleChannel example-channel agora Agora agora-test"
    .split(" "),
  ..."agoraTest agora_test agoraChannel agora-channel agora_demo agora-demo quickstart tutorial hello helloWorld helloworld"
    .split(" "),
  ..."hello-world temp tmp default foo bar foobar baz abc abcd xyz qwerty asdf 7d72365eb983485397e3e3f9d460bdda".split(" "),
  // What people call one
  ..."lobby room rooms room1 room2 room3 room-1 room_1 room-2 Room Room1 myroom myRoom my-room my_room testroom testRoom".split(
    " ",
  ),
  ..."test-room roomName room_name room-name roomId room_id main general public private global home hall chat chatroom".split(
    " ",
  ),
  ..."chat-room live livestream live-stream live1 stream stream1 stage broadcast audio video voice videocall video-call".split(
    " ",
  ),
  ..."call call1 meeting meeting1 conference class class1 classroom lesson webinar event game party group group1 team".split(
    " ",
  ),
  ..."support interview consultation a b c x A B C cname chan ch1 dev development staging prod production local".split(" "),
  // Users
  "2882341273", // the uids of the official samples
  "2882341274",
  "2082341273",
  ..."user user1 user2 user3 user-1 user_1 userA userB userId user_id uid username userName testuser testUser test_user".split(
    " ",
  ),
  ..."test-user alice bob carol dave eve john jane peter tom Alice Bob admin administrator host guest guest1 owner".split(" "),
  ..."publisher subscriber broadcaster audience speaker listener viewer teacher student doctor patient caller callee".split(
    " ",
  ),
  ..."agent bot recorder recording client server anonymous me account myAccount test_account me1 tony lily mike".split(" "),
  // What programs write where a value is not set
  ..."undefined null NaN None nil nobody false true Infinity -1 string String int".split(" "),
  "[object Object]",
  "[object Promise]",
  "test channel",
  "my channel",
  "Your channel name",
  "<Your channel name>",
  "Channel name",
];
