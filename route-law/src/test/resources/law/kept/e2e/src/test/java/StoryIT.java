class StoryIT {
    String route = "shop-announce-item";
}
