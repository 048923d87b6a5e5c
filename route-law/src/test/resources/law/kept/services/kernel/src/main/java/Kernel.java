public class Kernel {
    /** A bean made by a method. */
    @Bean
    Processor refuseItem() {
        return exchange -> {};
    }
}
