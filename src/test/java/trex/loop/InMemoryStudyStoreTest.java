package trex.loop;

class InMemoryStudyStoreTest extends StudyStoreContract {
    @Override
    protected StudyStore fresh() {
        return new InMemoryStudyStore(CLOCK);
    }
}
