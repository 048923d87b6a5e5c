class StoryIT {
    String route = "shop-announce-items"; // not "shop-announce-item"
}
