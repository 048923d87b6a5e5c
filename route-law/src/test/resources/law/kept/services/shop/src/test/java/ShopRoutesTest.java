class ShopRoutesTest {
    // "shop-comment" is not a test.
    String[] routes = {"shop-door", "direct:shop-find-item", "shop-take-order"};
}
